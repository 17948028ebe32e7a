import assert from 'node:assert/strict'
import { it } from 'node:test'
import { hardenedSettings } from '#worker/sandbox/profile.ts'

it('the profile forbids macros, links, the network and lock files', () => {
  const settings = new Map(
    [
      ...hardenedSettings().matchAll(
        /org\.openoffice\.(\S+?)"><prop oor:name="(\w+)".*<value>(.*)<\/value>/g,
      ),
    ].map(([, path, name, value]) => [`${path}/${name}`, value]),
  )
  const expected = {
    'Office.Common/Security/Scripting/DisableMacrosExecution': 'true',
    'Office.Common/Security/Scripting/MacroSecurityLevel': '3',
    'Office.Common/Security/Scripting/BlockUntrustedRefererLinks': 'true',
    'Office.Common/Misc/UseDocumentOOoLockFile': 'false',
    'Office.Writer/Content/Update/Link': '0',
    'Office.Calc/Content/Update/Link': '1',
    'Inet/Settings/ooInetProxyType': '2',
    'Inet/Settings/ooInetHTTPProxyPort': '9',
  }
  for (const [key, value] of Object.entries(expected)) assert.equal(settings.get(key), value, key)
})
