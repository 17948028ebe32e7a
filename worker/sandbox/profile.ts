import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

type Value = boolean | number | string

/**
 * What LibreOffice is told to leave alone. Only the second line: with all of it half of the hostile documents
 * still leaked outside the sandbox.
 */
const SETTINGS: readonly (readonly [path: string, name: string, value: Value])[] = [
  ['Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', true],
  ['Office.Common/Security/Scripting', 'DisableMacrosExecution', true],
  ['Office.Common/Security/Scripting', 'MacroSecurityLevel', 3],
  // Never update links: 0 in Writer, 1 in Calc.
  ['Office.Writer/Content/Update', 'Link', 0],
  ['Office.Calc/Content/Update', 'Link', 1],
  ['Office.Java/VirtualMachine', 'Enable', false],
  // Nobody else opens what lies in a slot.
  ['Office.Common/Misc', 'UseDocumentOOoLockFile', false],
  // A proxy by hand at a port where nothing listens.
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
 * Texts are printed with their comments in the margin. LibreOffice knows that as a setting alone: the filter's option
 * of that name does nothing, and no document may ask for it. A document may say that it wants none.
 */
const COMMENTS_IN_MARGIN = ['Office.Writer/Print/Content', 'Note', 4] as const

export interface ProfileOptions {
  commentsInMargin?: boolean
}

/** The hardened `registrymodifications.xcu` of a LibreOffice profile. */
export function hardenedSettings({ commentsInMargin = false }: ProfileOptions = {}): string {
  const items = [...SETTINGS, ...(commentsInMargin ? [COMMENTS_IN_MARGIN] : [])].map(itemOf)
  return `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${items.join('\n')}
</oor:items>
`
}

function itemOf([path, name, value]: (typeof SETTINGS)[number]): string {
  return `<item oor:path="/org.openoffice.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`
}

/** Makes a fresh hardened profile in `folder`, which LibreOffice fills at its first start. */
export async function writeProfile(folder: string, options?: ProfileOptions): Promise<void> {
  await mkdir(join(folder, 'user'), { recursive: true })
  await writeFile(settingsIn(folder), hardenedSettings(options))
}

const settingsIn = (profile: string) => join(profile, 'user', 'registrymodifications.xcu')

/** Has the next LibreOffice of a profile write dates and numbers as in this locale; undefined leaves it as it is. */
export async function setLocale(profile: string, locale: string | undefined): Promise<void> {
  if (locale === undefined) return
  const [path, end] = [settingsIn(profile), '</oor:items>']
  const settings = await readFile(path, 'utf8')
  await writeFile(
    path,
    settings.replace(end, `${itemOf(['Setup/L10N', 'ooSetupSystemLocale', locale])}\n${end}`),
  )
}
