import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

type Value = boolean | number | string

/**
 * The hardening settings of LibreOffice. They are only the second line of defence: with all of them, half of the
 * hostile documents still leaked without the sandbox.
 */
const SETTINGS: readonly (readonly [path: string, name: string, value: Value])[] = [
  ['Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', true],
  ['Office.Common/Security/Scripting', 'DisableMacrosExecution', true],
  ['Office.Common/Security/Scripting', 'MacroSecurityLevel', 3],
  // Never update links: 0 in Writer, 1 in Calc.
  ['Office.Writer/Content/Update', 'Link', 0],
  ['Office.Calc/Content/Update', 'Link', 1],
  ['Office.Java/VirtualMachine', 'Enable', false],
  // No other process opens the files of a slot.
  ['Office.Common/Misc', 'UseDocumentOOoLockFile', false],
  // A manual proxy at a port where nothing listens.
  ['Inet/Settings', 'ooInetProxyType', 2],
  ['Inet/Settings', 'ooInetHTTPProxyName', '127.0.0.1'],
  ['Inet/Settings', 'ooInetHTTPProxyPort', 9],
  ['Inet/Settings', 'ooInetHTTPSProxyName', '127.0.0.1'],
  ['Inet/Settings', 'ooInetHTTPSProxyPort', 9],
  ['Inet/Settings', 'ooInetFTPProxyName', '127.0.0.1'],
  ['Inet/Settings', 'ooInetFTPProxyPort', 9],
  ['Inet/Settings', 'ooInetNoProxy', ''],
]

/**
 * Texts are printed with their comments in the margin. In LibreOffice only this setting does it: the filter's option of
 * that name has no effect, and a document cannot request it. A document can turn it off.
 */
const COMMENTS_IN_MARGIN = ['Office.Writer/Print/Content', 'Note', 4] as const

/**
 * A version that this profile was last used with. Where that is none or an older one, LibreOffice draws its own tests of
 * graphics at each start, on pictures of up to 4096 x 4096 pixels: most of the time of its start.
 */
const LAST_VERSION = ['Setup/Product', 'ooSetupLastVersion', '99.9'] as const

export interface ProfileOptions {
  commentsInMargin?: boolean
}

/** The hardened `registrymodifications.xcu` of a LibreOffice profile. */
export function hardenedSettings({ commentsInMargin = false }: ProfileOptions = {}): string {
  const items = [...SETTINGS, LAST_VERSION, ...(commentsInMargin ? [COMMENTS_IN_MARGIN] : [])].map(itemOf)
  return `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${items.join('\n')}
</oor:items>
`
}

function itemOf([path, name, value]: (typeof SETTINGS)[number]): string {
  return `<item oor:path="/org.openoffice.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`
}

/** Creates a hardened profile in `folder`, which LibreOffice fills at its first start. */
export async function writeProfile(folder: string, options?: ProfileOptions): Promise<void> {
  await mkdir(join(folder, 'user'), { recursive: true })
  await writeFile(settingsIn(folder), hardenedSettings(options))
}

const settingsIn = (profile: string) => join(profile, 'user', 'registrymodifications.xcu')

/** Makes the next LibreOffice with this profile format dates and numbers for this locale; undefined changes nothing. */
export async function setLocale(profile: string, locale: string | undefined): Promise<void> {
  if (locale === undefined) return
  const [path, end] = [settingsIn(profile), '</oor:items>']
  const settings = await readFile(path, 'utf8')
  await writeFile(
    path,
    settings.replace(end, `${itemOf(['Setup/L10N', 'ooSetupSystemLocale', locale])}\n${end}`),
  )
}
