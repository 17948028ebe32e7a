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

/** In whose words a formula tells where a file lies. */
export type PlaceNaming = 'excel' | 'openDocument'

export interface FileNaming {
  fileName: string
  /** Where the formulas of a sheet do not look for the sign of either. */
  naming: PlaceNaming
  /** Sheets that are protected without a password, which could not be changed, lose their protection. */
  isUnprotected: boolean
}

const BEGIN = 'CELL\\(\\s*"filename"\\s*'
/** With a cell of a named sheet; its name is the first group. */
const OF_SHEET = ["'((?:[^']|'')+)'", '([^\\s\'"().;,!$]+)'].map(
  name => `${BEGIN}[;,]\\s*\\$?${name}[.!][^()]*\\)`,
)
/** With any other cell, or none. */
const OF_OWN = `${BEGIN}(?:[^()]|\\([^()]*\\))*\\)`
/** What a formula looks for to tell the name of the file from that of the sheet. */
const SIGNS: Readonly<Record<PlaceNaming, string>> = {
  excel: '"[^"]*\\]',
  openDocument: '"[^"]*#\\$',
}

/**
 * Has formulas that tell where the file lies tell its name alone: `[Plan.xls]Sheet1`, as Excel has it, or
 * `'Plan.ods'#$Sheet1`. Sheets that are protected by a password stay as they are.
 */
export async function nameFileInFormulas(
  workbook: RemoteObject,
  { fileName, naming, isUnprotected }: FileNaming,
  session: UnoSession,
): Promise<void> {
  // Loaded to be read only, it would change no formula, and not say so.
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
    // It has one.
    if (!(error instanceof UnoError)) throw error
  })
}

async function namingIn(formulas: Formulas, usual: PlaceNaming): Promise<PlaceNaming> {
  const other = usual === 'excel' ? 'openDocument' : 'excel'
  if (await formulas.have(SIGNS[usual])) return usual
  return (await formulas.have(SIGNS[other])) ? other : usual
}

/** As what replaces an expression. */
function place(fileName: string, sheet: string, naming: PlaceNaming): string {
  const file = literal(fileName)
  return naming === 'excel' ? `"[${file}]${sheet}"` : `"'${file.replaceAll("'", "''")}'#\\$${sheet}"`
}

/** Within a text of a formula that replaces an expression. */
function literal(text: string): string {
  return text.replaceAll('"', '""').replace(/[\\$&]/g, '\\$&')
}

/** The formulas of a sheet, found by expressions. */
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
