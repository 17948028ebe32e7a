import {
  createReplaceDescriptor,
  findFirst,
  getName,
  isProtected,
  replaceAll,
  SEARCH_DESCRIPTOR,
  setReplaceString,
  setSearchString,
  unprotect,
} from './methods.ts'
import { setProperties, type UnoSession, withObject } from './remote-access.ts'
import type { RemoteObject } from './remote-object.ts'
import { onSheets } from './sheets.ts'
import { UnoError } from './uno-errors.ts'
import { any, type InterfaceReference } from './values.ts'

/** The notation in which a formula prints a file's path. */
export type PlaceNaming = 'excel' | 'openDocument'

export interface FileNaming {
  fileName: string
  /** For sheets whose formulas do not parse the path for the characters of either notation. */
  naming: PlaceNaming
  /** Removes protection without a password from sheets, which could not be changed otherwise. */
  isUnprotected: boolean
}

const BEGIN = 'CELL\\(\\s*"filename"\\s*'
/** With a cell of a named sheet; its name is the first group. */
const OF_SHEET = ["'((?:[^']|'')+)'", '([^\\s\'"().;,!$]+)'].map(
  name => `${BEGIN}[;,]\\s*\\$?${name}[.!][^()]*\\)`,
)
/** With any other cell, or none. */
const OF_OWN = `${BEGIN}(?:[^()]|\\([^()]*\\))*\\)`
/** The characters by which a formula separates the file's name from the sheet's. */
const SIGNS: Readonly<Record<PlaceNaming, string>> = {
  excel: '"[^"]*\\]',
  openDocument: '"[^"]*#\\$',
}

/**
 * Makes formulas print the file's name instead of its path: `[Plan.xls]Sheet1`, as Excel has it, or
 * `'Plan.ods'#$Sheet1`. Sheets protected by a password stay unchanged.
 */
export async function nameFileInFormulas(
  workbook: RemoteObject,
  { fileName, naming, isUnprotected }: FileNaming,
  session: UnoSession,
): Promise<void> {
  // In a document loaded as read-only, formulas would silently stay unchanged.
  await setProperties(workbook, { IsChangeReadOnlyEnabled: any('boolean', true) }, session)
  await onSheets(workbook, session, async sheet => {
    const formulas = new Formulas(sheet, session)
    if (!(await formulas.have(BEGIN))) return
    if (isUnprotected && (await sheet.call(isProtected, [], session.signal)))
      await unprotectWithoutPassword(sheet, session)
    const words = await namingIn(formulas, naming)
    const name = await sheet.call(getName, [], session.signal)
    for (const pattern of OF_SHEET) await formulas.replace(pattern, place(fileName, '$1', words))
    await formulas.replace(OF_OWN, place(fileName, literal(name), words))
  })
}

async function unprotectWithoutPassword(sheet: RemoteObject, { signal }: UnoSession): Promise<void> {
  await sheet.call(unprotect, [''], signal).catch(error => {
    // It has a password.
    if (!(error instanceof UnoError)) throw error
  })
}

async function namingIn(formulas: Formulas, usual: PlaceNaming): Promise<PlaceNaming> {
  const other = usual === 'excel' ? 'openDocument' : 'excel'
  if (await formulas.have(SIGNS[usual])) return usual
  return (await formulas.have(SIGNS[other])) ? other : usual
}

/** As the replacement of a regular expression. */
function place(fileName: string, sheet: string, naming: PlaceNaming): string {
  const file = literal(fileName)
  return naming === 'excel' ? `"[${file}]${sheet}"` : `"'${file.replaceAll("'", "''")}'#\\$${sheet}"`
}

/** As a string literal in a formula that replaces a regular expression. */
function literal(text: string): string {
  return text.replaceAll('"', '""').replace(/[\\$&]/g, '\\$&')
}

/** The formulas of a sheet, searched by regular expressions. */
class Formulas {
  readonly #sheet: RemoteObject
  readonly #session: UnoSession

  constructor(sheet: RemoteObject, session: UnoSession) {
    this.#sheet = sheet
    this.#session = session
  }

  async have(pattern: string): Promise<boolean> {
    const { bridge, signal } = this.#session
    const found = await this.#searching(pattern, '', async descriptor =>
      this.#sheet.call(findFirst, [descriptor], signal),
    )
    if (found) bridge.release([found])
    return found !== null
  }

  async replace(pattern: string, by: string): Promise<void> {
    await this.#searching(pattern, by, async descriptor =>
      this.#sheet.call(replaceAll, [descriptor], this.#session.signal),
    )
  }

  #searching<T>(
    pattern: string,
    by: string,
    step: (descriptor: InterfaceReference | null) => Promise<T | null>,
  ): Promise<T | null> {
    return withDescriptor(this.#sheet, this.#session, async descriptor => {
      await descriptor.call(setSearchString, [pattern], this.#session.signal)
      await descriptor.call(setReplaceString, [by], this.#session.signal)
      return step(await descriptor.reference(SEARCH_DESCRIPTOR))
    })
  }
}

async function withDescriptor<T>(
  sheet: RemoteObject,
  session: UnoSession,
  step: (descriptor: RemoteObject) => Promise<T | null>,
): Promise<T | null> {
  return withObject(
    session,
    await sheet.call(createReplaceDescriptor, [], session.signal),
    async descriptor => {
      await setProperties(descriptor, { SearchRegularExpression: any('boolean', true) }, session)
      return step(descriptor)
    },
  )
}
