import { chmodSync, copyFileSync, linkSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Conversion } from '#worker/engine.ts'
import { sourceNameOf } from '#worker/engines/source-name.ts'

/** Links of a document that lead upwards end at the root: so many folders up they are still told apart. */
const STEPS = Array.from({ length: 4 }, () => 'd')

export interface DocumentPaths {
  /** The source under its sender's name. */
  source: string
  /** In the same folder, or links that are relative would be written anew. */
  result: string
}

/** Where the result of a document that was placed is written. No name of a sender begins with a space. */
export const resultPathIn = (directory: string, target: string) =>
  join(directory, ...STEPS, ` result.${target}`)

/**
 * A folder far below the slot, where the source lies as its sender called it and the result is to be written. These are
 * twenty short calls: waiting for each in turn would take ten times as long as making them. LibreOffice edits nothing
 * that it may not write to: then the source is a copy, and its own stays as it was.
 */
export function placeDocument(
  conversion: Pick<Conversion, 'sourcePath' | 'directory' | 'fileName' | 'format' | 'target'>,
  isEditable = false,
): DocumentPaths {
  let folder = conversion.directory
  // Of an earlier document in the same slot.
  rmSync(join(folder, STEPS[0] ?? ''), { recursive: true, force: true })
  for (const step of STEPS) {
    folder = join(folder, step)
    mkdirSync(folder)
    // The sandbox's user writes here; nobody else comes through the slot.
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
