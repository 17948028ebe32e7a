/** Fields of Word in the formats before 2007. */

import { word } from './packages.ts'
import { field, paragraph } from './sample-fields.ts'

/** A rich text of one line for each of these fields, of which a nested one is written as `{NAME}`. */
export function richTextWithFields(fields: readonly string[], result = 'kept'): string {
  const written = (instruction: string, shown: string): string =>
    `{\\field{\\*\\fldinst {\\rtlch ${instruction.replaceAll('\\', '\\\\').replace(/\{(\w+)\}/g, (_, name: string) => written(`MERGEFIELD ${name}`, 'nested'))} }}{\\fldrslt {${shown}}}}`
  return `{\\rtf1\\ansi\n${fields.map(instruction => `${written(instruction, result)}\\par\n`).join('')}}`
}

/** A Word document with as many fields that LibreOffice writes into a DOC as they are. */
export function wordToBecomeOld(fields: readonly string[], result = 'kept'): Promise<Buffer> {
  return word(fields.map((_, index) => paragraph(field(placeholder(index), result))).join(''))
}

const LETTERS = 60
const placeholder = (index: number) => ` DOCVARIABLE ${String(index).padStart(LETTERS, 'x')} `

/** That DOC with these fields in their places, each with the number of its kind ([MS-DOC] 2.9.90). */
export function wordWithOldFields(
  doc: Buffer,
  fields: readonly (readonly [kind: number, instruction: string])[],
): Buffer {
  const changed = Buffer.from(doc)
  const kinds = kindsAt(doc, fields.length)
  for (const [index, [kind, instruction]] of fields.entries()) {
    const before = placeholder(index)
    const at = doc.indexOf(Buffer.from(before, 'utf16le'))
    Buffer.from(` ${instruction}`.padEnd(before.length), 'utf16le').copy(changed, at)
    changed.writeUInt8(kind, kinds + 6 * index + 1)
  }
  return changed
}

/** Where the kinds of so many fields lie: each has a mark at its beginning, before its result, and at its end. */
function kindsAt(doc: Buffer, count: number): number {
  const areMarks = (at: number) =>
    Array.from({ length: 3 * count }).every(
      (_, index) => ((doc[at + 2 * index] ?? 0) & 0x1f) === 0x13 + (index % 3),
    )
  for (let at = 0; at < doc.length; at += 2) if (areMarks(at)) return at
  throw new Error('it has no such fields')
}
