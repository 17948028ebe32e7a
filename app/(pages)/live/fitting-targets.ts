/** Which target fits which files of a drop. Pure. */
import { asAppError } from '#lib/vocabulary/errors.ts'
import { claimedFormat, targetsOf } from '#lib/vocabulary/formats.ts'
import { type ConversionSettings, settingsForFormat, withTarget } from '../settings/conversion-settings.ts'
import type { ChosenFile } from './dropped-files.ts'

/** Files of one format. */
export interface FileGroup {
  format: string
  /** How many there are. */
  count: number
  /** Empty where they can become nothing else than they are. */
  targets: string[]
  /** What was chosen, where it fits; otherwise the first that does; null where none does. */
  target: string | null
}

/**
 * Whether something of these files cannot become what was chosen, so that the user has to say first what it becomes.
 * Where nothing fits any of them there is nothing to say: each has its refusal in its row.
 */
export function needsChoice(files: readonly ChosenFile[], settings: ConversionSettings): boolean {
  return (
    files.some(({ file }) => !fits(file.name, settings.target)) &&
    files.some(({ file }) => canBecomeSomething(file.name, settings))
  )
}

/** The files by format, without those of an unknown one: only the server can tell what these are. */
export function groupsByFormat(files: readonly ChosenFile[], settings: ConversionSettings): FileGroup[] {
  const counts = new Map<string, number>()
  for (const { file } of files) {
    const format = claimedFormat(file.name)
    if (format) counts.set(format, (counts.get(format) ?? 0) + 1)
  }
  return [...counts].map(([format, count]) => {
    const targets = fittingTargets(format, settings)
    const target = targets.includes(settings.target) ? settings.target : (targets[0] ?? null)
    return { format, count, targets, target }
  })
}

/** What a file of this format may become: a PDF becomes a PDF only where the options change something of it. */
export function fittingTargets(format: string, settings: ConversionSettings): string[] {
  return targetsOf(format).filter(target => !staysAsItIs(format, withTarget(settings, target)))
}

/** Every file with the settings for its format, but for those whose format becomes nothing (null). */
export function withSettings(
  files: readonly ChosenFile[],
  settingsFor: (format: string) => ConversionSettings | null,
): ChosenFile[] {
  return files.flatMap(one => {
    const format = claimedFormat(one.file.name)
    const settings = format ? settingsFor(format) : undefined
    if (settings === null) return []
    return [settings ? { ...one, settings } : one]
  })
}

function staysAsItIs(format: string, settings: ConversionSettings): boolean {
  if (format !== settings.target) return false
  try {
    settingsForFormat(format, settings)
    return false
  } catch (error) {
    return asAppError(error).code === 'already_pdf'
  }
}

function fits(fileName: string, target: string): boolean {
  const format = claimedFormat(fileName)
  return format === undefined || targetsOf(format).includes(target)
}

function canBecomeSomething(fileName: string, settings: ConversionSettings): boolean {
  const format = claimedFormat(fileName)
  return format === undefined || fittingTargets(format, settings).length > 0
}
