/** Which target fits which files of a drop. Pure. */
import { claimedFormat, targetsOf } from '#lib/vocabulary/formats.ts'
import type { ChosenFile } from './dropped-files.ts'

/** Files of one format. */
export interface FileGroup {
  format: string
  /** How many there are. */
  count: number
  targets: string[]
  /** What was chosen, where it fits; otherwise the first that does. */
  target: string
}

/** Whether these files cannot all become what was chosen. A single one says that itself, in its row. */
export function isMixed(files: readonly ChosenFile[], target: string): boolean {
  return files.length > 1 && files.some(({ file }) => !fits(file.name, target))
}

/** The files by format, without those of an unknown one: only the server can tell what these are. */
export function groupsByFormat(files: readonly ChosenFile[], target: string): FileGroup[] {
  const counts = new Map<string, number>()
  for (const { file } of files) {
    const format = claimedFormat(file.name)
    if (format) counts.set(format, (counts.get(format) ?? 0) + 1)
  }
  return [...counts].map(([format, count]) => {
    const targets = targetsOf(format)
    return { format, count, targets, target: targets.includes(target) ? target : (targets[0] ?? target) }
  })
}

/** Every file with the settings for its format. */
export function withSettings(
  files: readonly ChosenFile[],
  settingsFor: (format: string) => ChosenFile['settings'],
): ChosenFile[] {
  return files.map(one => {
    const format = claimedFormat(one.file.name)
    const settings = format ? settingsFor(format) : undefined
    return settings ? { ...one, settings } : one
  })
}

function fits(fileName: string, target: string): boolean {
  const format = claimedFormat(fileName)
  return format === undefined || targetsOf(format).includes(target)
}
