/** Validates the settings of a conversion against the table of formats. */
import { AppError } from './errors.ts'
import {
  type Kind,
  type Named,
  OPTIONS,
  type Option,
  optionsOf,
  optionTitle,
  pageNamedTwice,
  SOURCES,
  TARGETS,
  targetsOf,
  targetTitle,
  withChoicesFor,
} from './formats.ts'
import type { Options } from './job.ts'
import { localeOf, utcOffsetOf } from './locale.ts'
import { suggest } from './nearest.ts'

type Value = Options[string]

export interface CheckedSettings {
  target: string
  options: Options
  /** Secret options by name; the caller must seal them before storing them. */
  secrets: Record<string, string>
}

/**
 * Validates settings for a source of this format. An option without effect is refused, never ignored.
 * @throws AppError `unsupported_target`, `unknown_option`, `invalid_option`, `option_without_effect`, `options_exclude`
 */
export function parseSettings(
  wanted: { target: string; options: Readonly<Record<string, unknown>> },
  format: string,
): CheckedSettings {
  const { target } = wanted
  const targets = targetsOf(format)
  if (!targets.includes(target))
    throw noSuchTarget(startOf(SOURCES.get(format)?.name ?? format), target, { targets, format })
  const effective = optionsOf(format, target)
  const settings: CheckedSettings = { target, options: {}, secrets: {} }
  const plain: Record<string, Value> = {}
  for (const [name, raw] of Object.entries(wanted.options)) {
    const option = find(name)
    if (!effective.includes(option)) throw withoutEffect(option, SOURCES.get(format)?.name ?? format, target)
    const value = check(withChoicesFor(option, [format], target), raw)
    if (option.secret) settings.secrets[name] = String(value)
    else plain[name] = value
  }
  refuseContradictions(target, { ...plain, ...settings.secrets })
  if (format === target && Object.keys(wanted.options).length === 0) throw new AppError('already_pdf')
  return { ...settings, options: plain }
}

/** The most sources of one merge. */
export const MOST_PARTS = 100

/** Options that name pages of one document. */
const OF_ONE_DOCUMENT = ['pages', 'split']

/**
 * Validates settings for sources of these formats that are merged. An option needs to have an effect on one of them.
 * @throws AppError as `parseSettings`
 */
export function parseMerge(
  wanted: { target: string; options: Readonly<Record<string, unknown>> },
  formats: readonly string[],
): CheckedSettings {
  const { target } = wanted
  if (target !== 'pdf') throw noSuchTarget('A merge of files', target, { targets: ['pdf'] })
  const settings: CheckedSettings = { target, options: {}, secrets: {} }
  const plain: Record<string, Value> = {}
  for (const [name, raw] of Object.entries(wanted.options)) {
    const option = find(name)
    const isEffective = formats.some(format => optionsOf(format, target).includes(option))
    if (!isEffective || OF_ONE_DOCUMENT.includes(name))
      throw withoutEffect(option, 'a merge of these files', target)
    const value = check(withChoicesFor(option, formats, target), raw)
    if (option.secret) settings.secrets[name] = String(value)
    else plain[name] = value
  }
  refuseContradictions(target, { ...plain, ...settings.secrets })
  return { ...settings, options: plain }
}

/**
 * Validates settings for a preset, which may be used for any source.
 * @throws AppError as `parseSettings`, and `secret_in_preset`
 */
export function parsePreset(wanted: { target: string; options: Readonly<Record<string, unknown>> }): {
  target: string
  options: Options
} {
  const { target } = wanted
  const options: Record<string, Value> = {}
  const formats = [...SOURCES.keys()].filter(format => targetsOf(format).includes(target))
  if (formats.length === 0) throw noSuchTarget('A file', target, { targets: [...TARGETS.keys()] })
  for (const [name, raw] of Object.entries(wanted.options)) {
    const option = find(name)
    if (option.secret) throw new AppError('secret_in_preset', { details: named(name) })
    if (!formats.some(format => optionsOf(format, target).includes(option)))
      throw withoutEffect(option, 'any file', target)
    options[name] = check(withChoicesFor(option, formats, target), raw)
  }
  refuseContradictions(target, options)
  return { target, options }
}

function noSuchTarget(
  source: string,
  target: string,
  { targets, format }: { targets: readonly string[]; format?: string },
): AppError {
  const ids = { targetId: target, targetIds: targets.join(), ...(format && { format }) }
  const names = targets.map(targetTitle).join(', ')
  return new AppError('unsupported_target', {
    details: { source, target: targetTitle(target), targets: names, ...ids },
  })
}

/** An option in the details of an error: its title for the sentence, and its own name. */
function named(name: string): { name: string; option: string } {
  return { name: optionTitle(name), option: name }
}

const startOf = (name: string) => name.replace(/^./, letter => letter.toUpperCase())

function find(name: string): Option {
  const option = OPTIONS.find(option => option.name === name)
  if (option) return option
  const hint = suggest(
    name,
    OPTIONS.map(option => option.name),
  )
  throw new AppError('unknown_option', { details: { name, hint } })
}

function withoutEffect({ name }: Option, source: string, target: string): AppError {
  return new AppError('option_without_effect', {
    details: { ...named(name), source, target: TARGETS.get(target)?.name ?? target, targetId: target },
  })
}

function check(option: Option, raw: unknown): Value {
  const value = parse(option.kind, raw)
  if (value !== undefined) return value
  throw new AppError('invalid_option', {
    details: { ...named(option.name), valid: validFor(option.kind) },
  })
}

/**
 * What the option requires, as in “must be a whole number from 1 to 100”, where this value is invalid; otherwise null.
 */
export function requirementOf({ kind }: Option, raw: unknown): string | null {
  return parse(kind, raw) === undefined ? validFor(kind) : null
}

function parse(kind: Kind, raw: unknown): Value | undefined {
  switch (kind.type) {
    case 'switch':
      return typeof raw === 'boolean' ? raw : undefined
    case 'number':
      return Number.isInteger(raw) && Number(raw) >= kind.min && Number(raw) <= kind.max
        ? Number(raw)
        : undefined
    case 'choice':
      return typeof raw === 'string' && isOffered(kind, raw) ? raw : undefined
    case 'text':
      return typeof raw === 'string' && fits(kind, raw) ? raw : undefined
  }
}

function isOffered({ choices, other }: Extract<Kind, { type: 'choice' }>, word: string): boolean {
  if (choices.includes(word)) return true
  return other !== undefined && new RegExp(`^${other.pattern}$`).test(word) && isKnown(word, other.names)
}

function fits({ maxLength, pattern, names }: Extract<Kind, { type: 'text' }>, text: string): boolean {
  const printable = text.trim().length > 0 && !/\p{Cc}/u.test(text)
  const matches = printable && text.length <= maxLength && (!pattern || new RegExp(`^${pattern}$`).test(text))
  return matches && isKnown(text, names)
}

function isKnown(name: string, names: Named | undefined): boolean {
  if (names === 'pages') return pageNamedTwice(name) === undefined
  if (names === 'language') return localeOf(name) !== undefined
  return names === undefined || utcOffsetOf(name) !== undefined
}

function validFor(kind: Kind): string {
  switch (kind.type) {
    case 'switch':
      return 'true or false'
    case 'number':
      return `a whole number from ${kind.min} to ${kind.max}`
    case 'choice':
      return `one of: ${[...kind.choices, ...(kind.other ? [kind.other.valid] : [])].join(', ')}`
    case 'text':
      return kind.valid
  }
}

/** Refuses options that have an effect, but not together with or without another one. */
function refuseContradictions(target: string, options: Options): void {
  for (const { name, excludes = {}, needs } of OPTIONS) {
    if (options[name] === undefined || options[name] === false) continue
    const [other] = Object.keys(excludes).filter(
      other => options[other] !== undefined && excludes[other]?.some(word => word === '*' || word === target),
    )
    if (other)
      throw new AppError('options_exclude', {
        details: { ...named(name), other: optionTitle(other), otherOption: other },
      })
    if (needs && !needs.some(needed => options[needed] !== undefined))
      throw new AppError('option_needs', {
        details: {
          ...named(name),
          needs: needs.map(optionTitle).join(', '),
          neededOptions: needs.join(),
        },
      })
  }
}
