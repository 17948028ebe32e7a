import { claimedFormat } from '#lib/vocabulary/formats.ts'

/** In UTF-16 units. */
const LONGEST = 31
const USUAL = 'Sheet1'

/** A sheet name that every program accepts, made from the sender's file name. */
export function sheetNameOf(fileName: string | undefined): string {
  if (!fileName) return USUAL
  const base = claimedFormat(fileName) ? fileName.slice(0, fileName.lastIndexOf('.')) : fileName
  const allowed = base.replace(/[[\]:*?/\\\p{Cc}]+/gu, ' ').replace(/^[\s']+|[\s']+$/g, '')
  let name = ''
  for (const letter of allowed)
    if (name.length + letter.length <= LONGEST) name += letter
    else break
  return name.replace(/[\s']+$/, '') || USUAL
}
