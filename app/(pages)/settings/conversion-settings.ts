/** The user's settings for files, and which of them are sent with which file. Pure: no browser, no React. */
import {
  claimedFormat,
  OPTIONS,
  type Option,
  optionsOf,
  SOURCES,
  TARGETS,
  targetsOf,
  withChoicesFor,
} from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import { parseSettings, requirementOf } from '#lib/vocabulary/settings.ts'

/** Values are kept as typed, valid or not; default values are omitted. */
export interface ConversionSettings {
  target: string
  options: Options
}

/** The settings before the user changes any. */
export const DEFAULT_SETTINGS: ConversionSettings = { target: 'pdf', options: {} }

/** The options that have an effect for this target with some source. */
export function optionsFor(target: string): Option[] {
  const effective = new Set(sourcesOf(target).flatMap(format => optionsOf(format, target)))
  return OPTIONS.filter(option => effective.has(option))
}

/** The source formats that offer this target. */
export function sourcesOf(target: string): string[] {
  return [...SOURCES.keys()].filter(format => targetsOf(format).includes(target))
}

/** The option with only the choices that this target has for some source. */
export function withChoices(option: Option, target: string): Option {
  return withChoicesFor(option, sourcesOf(target), target)
}

/** The same settings for another target, without the options that have no effect there. */
export function withTarget({ options }: ConversionSettings, target: string): ConversionSettings {
  const isEffective = (name: string) =>
    optionsFor(target).some(
      option => option.name === name && !isMissing(option, sourcesOf(target), { target, options }),
    )
  return { target, options: pick(options, isEffective) }
}

/** The same settings with another value; undefined or the default removes the option. */
export function withOption(
  settings: ConversionSettings,
  option: Option,
  value: Options[string] | undefined,
): ConversionSettings {
  const { [option.name]: _, ...others } = settings.options
  const isUsual = 'default' in option.kind && option.kind.default === value
  if (value === undefined || isUsual) return { ...settings, options: others }
  return { ...settings, options: { ...others, [option.name]: value } }
}

/** Another option that takes away the effect, or options of which one is needed. */
export type Conflict = { beside: string } | { needs: readonly string[] }

/** Why this option has no effect beside the others, for every file; null where it has an effect for some. */
export function conflictOf(option: Option, { target, options }: ConversionSettings): Conflict | null {
  const formats = sourcesOf(target).filter(format => optionsOf(format, target).includes(option))
  const reasons = formats.map(format =>
    noEffectBeside(option, target, effectiveFor(format, { target, options })),
  )
  return reasons.includes(null) ? null : (reasons[0] ?? null)
}

/** What the option requires, in English, where its value is invalid; null where it is valid or unset. */
export function requirementIn(option: Option, { target, options }: ConversionSettings): string | null {
  const value = options[option.name]
  return value === undefined ? null : requirementOf(withChoices(option, target), value)
}

/**
 * The settings that are sent with a file of this name: only the options that have an effect for it. For a file without
 * a known extension all are sent, because only the server can detect its format.
 * @throws AppError the same as the server's, where it would refuse
 */
export function settingsFor(fileName: string, settings: ConversionSettings): ConversionSettings {
  const format = claimedFormat(fileName)
  return format ? settingsForFormat(format, settings) : settings
}

/** As `settingsFor`, for a file whose format is known. @throws AppError the same as the server's, where it would refuse */
export function settingsForFormat(format: string, settings: ConversionSettings): ConversionSettings {
  const effective = effectiveFor(format, settings)
  const isVain = (name: string) =>
    OPTIONS.some(o => o.name === name && noEffectBeside(o, settings.target, effective))
  const sent = { target: settings.target, options: pick(effective, name => !isVain(name)) }
  parseSettings(sent, format)
  return sent
}

/** The settings with a target that a file of this format may become: its own, or else the first that fits. */
export function fittingSettings(
  settings: ConversionSettings,
  format: string | undefined,
): ConversionSettings {
  const targets = format ? targetsOf(format) : []
  if (targets.length === 0 || targets.includes(settings.target)) return settings
  return withTarget(settings, targets[0] ?? settings.target)
}

/** The settings that may be stored, in this browser or as a preset: without secrets and invalid values. */
export function withoutTransient(settings: ConversionSettings): ConversionSettings {
  const kept = optionsFor(settings.target).filter(
    option => !option.secret && !requirementIn(option, settings) && !conflictOf(option, settings),
  )
  return { target: settings.target, options: pick(settings.options, isAmong(kept)) }
}

/** Reads stored settings and drops what is no longer valid. */
export function storedSettings(text: string | null): ConversionSettings {
  try {
    const { target, options } = JSON.parse(text ?? '')
    return TARGETS.has(target) ? withoutTransient({ target, options }) : DEFAULT_SETTINGS
  } catch {
    return DEFAULT_SETTINGS
  }
}

/** Whether both convert a file in the same way, ignoring passwords. */
export function isSameSettings(a: ConversionSettings, b: ConversionSettings): boolean {
  const [x, y] = [withoutSecrets(a.options), withoutSecrets(b.options)]
  const names = new Set([...Object.keys(x), ...Object.keys(y)])
  return a.target === b.target && [...names].every(name => x[name] === y[name])
}

/** Options without secrets, which may be shown and stored. */
export function withoutSecrets(options: Options): Options {
  return pick(options, name => !OPTIONS.find(option => option.name === name)?.secret)
}

/** Whether a password is set. */
export function hasSecret({ options }: ConversionSettings): boolean {
  return Object.keys(withoutSecrets(options)).length < Object.keys(options).length
}

/** The options that have an effect for this format. */
function effectiveFor(format: string, { target, options }: ConversionSettings): Options {
  const effective = optionsOf(format, target).filter(
    option => !isMissing(option, [format], { target, options }),
  )
  return pick(options, isAmong(effective))
}

/** Whether the value is a choice of the option, but of none of these formats. */
function isMissing(
  option: Option,
  formats: readonly string[],
  { target, options }: ConversionSettings,
): boolean {
  const value = options[option.name]
  if (value === undefined || requirementOf(option, value)) return false
  return requirementOf(withChoicesFor(option, formats, target), value) !== null
}

/** Why an option has no effect beside these; null where it has one. */
function noEffectBeside({ name, needs }: Option, target: string, options: Options): Conflict | null {
  const stronger = OPTIONS.find(
    ({ name: other, excludes }) =>
      options[other] && excludes?.[name]?.some(word => word === '*' || word === target),
  )
  if (stronger) return { beside: stronger.name }
  if (!needs || needs.some(needed => options[needed] !== undefined)) return null
  return { needs }
}

function isAmong(options: readonly Option[]): (name: string) => boolean {
  return name => options.some(option => option.name === name)
}

function pick(options: Options, isWanted: (name: string) => boolean): Options {
  return Object.fromEntries(Object.entries(options).filter(([name]) => isWanted(name)))
}
