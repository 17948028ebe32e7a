import { chmodSync, copyFileSync, linkSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Conversion } from '#worker/engine.ts'
import { sourceNameOf } from '#worker/engines/source-name.ts'

/** Relative links that lead above the root end at the root, so this many parent levels can be distinguished. */
const STEPS = Array.from({ length: 4 }, () => 'd')

export interface DocumentPaths {
  /** The path of the source under the sender's file name. */
  source: string
  /** The path of the result, in the same folder; otherwise relative links would be rewritten. */
  result: string
}

/** The name of the first page's picture in the slot, without its ending `.png`. */
export const FIRST_PAGE = 'first-page'

/** The path of the result of a placed document. A sender's name never begins with a space. */
export const resultPathIn = (directory: string, target: string) =>
  join(directory, ...STEPS, ` result.${target}`)

/**
 * Creates a folder far below the slot for the source under its sender's name and for the result. The calls are
 * synchronous: awaiting each of these twenty would take ten times as long. LibreOffice edits only writable files; for
 * those the source is copied, and the original stays unchanged.
 */
export function placeDocument(
  conversion: Pick<Conversion, 'sourcePath' | 'directory' | 'fileName' | 'format' | 'target'>,
  isEditable = false,
): DocumentPaths {
  let folder = conversion.directory
  // From an earlier document in the same slot.
  rmSync(join(folder, STEPS[0] ?? ''), { recursive: true, force: true })
  for (const step of STEPS) {
    folder = join(folder, step)
    mkdirSync(folder)
    // The sandbox's user writes here; no other user can enter the slot.
    chmodSync(folder, 0o777)
  }
  const source = join(folder, sourceNameOf(conversion))
  if (isEditable) copyEditable(conversion.sourcePath, source)
  else linkSync(conversion.sourcePath, source)
  return { source, result: resultPathIn(conversion.directory, conversion.target) }
}

function copyEditable(from: string, to: string): void {
  copyFileSync(from, to)
  chmodSync(to, 0o666)
}
