/** Labels of targets and options. Pure. */
import {
  type Family,
  isBundle,
  LANGUAGES,
  OPTIONS,
  type Option,
  optionsOf,
  PDF_TARGETS,
  PICTURE_TARGETS,
  SOURCES,
  TARGETS,
  targetsOf,
} from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import { type ConversionSettings, optionsFor, sourcesOf, withoutSecrets } from './conversion-settings.ts'

export const FAMILY_LABELS: Record<Family, string> = {
  presentation: 'Presentations',
  document: 'Documents',
  spreadsheet: 'Spreadsheets',
  drawing: 'Drawings and pictures',
  pdf: 'PDF',
}

export interface LabelGroup<T> {
  title: string
  members: T[]
}

/** `PDF/A-2b`; a zip of pictures or PDFs is labelled as one. */
export function targetName({ target, options }: ConversionSettings): string {
  const name = TARGETS.get(target)?.name ?? target
  if (!isBundle(target, options)) return name
  return PDF_TARGETS.includes(target) ? `${name}s in a zip` : `${name} pictures in a zip`
}

/** `PowerPoint presentation`: a source format at the start of a line, without its article. */
export function sourceName(format: string): string {
  return upper((SOURCES.get(format)?.name ?? format).replace(/^an? /, ''))
}

/** What a target is useful for, and its source formats where not all have it. */
export function targetSentence({ target }: ConversionSettings): string {
  const made = onlyOf(sourcesOf(target))
  return `${TARGETS.get(target)?.sentence ?? ''}${made && ` Made from ${made}.`}`
}

/** All targets in groups, or those of one source format. */
export function targetGroups(format?: string): LabelGroup<{ target: string; name: string }>[] {
  const targets = format ? targetsOf(format) : [...TARGETS.keys()]
  return grouped(
    targets.map(target => ({ target, name: upper(TARGETS.get(target)?.name ?? target) })),
    ({ target }) => {
      if (PDF_TARGETS.includes(target)) return 'PDF'
      if (PICTURE_TARGETS.includes(target)) return 'Pictures'
      const [family] = Object.keys(TARGETS.get(target)?.filters ?? {}) as Family[]
      return family ? FAMILY_LABELS[family] : 'More'
    },
  )
}

/** What a file of this format becomes most often: the targets that are offered at once. */
export function offeredTargets(format: string): string[] {
  const family = SOURCES.get(format)?.family
  return targetsOf(format).filter(
    target =>
      OFFERED.includes(target) || (family && TARGETS.get(target)?.filters[family] && !isFixed(target)),
  )
}

const OFFERED = ['pdf', 'png']
const isFixed = (target: string) => PDF_TARGETS.includes(target)

/** The options that protect a result. */
const PROTECTION = ['password', 'resultPassword', 'permissionPassword', 'printing', 'changes', 'copying']

const GROUPS = ['All files', 'Some kinds of files', 'Passwords and permissions'] as const

/** The options of a target in groups: first those for all files, then the rest; for one source format only its own. */
export function optionGroups(target: string, format?: string): LabelGroup<Option>[] {
  const options = format ? optionsOf(format, target) : optionsFor(target)
  const groups = grouped(options, option => {
    if (PROTECTION.includes(option.name)) return GROUPS[2]
    return !format && concerns(option, target) ? GROUPS[1] : GROUPS[0]
  })
  return GROUPS.flatMap(title => groups.filter(group => group.title === title))
}

/** `presentations and documents`: the sources that an option applies to; empty where it applies to all. */
export function concerns(option: Option, target: string): string {
  return onlyOf(sourcesOf(target).filter(format => optionsOf(format, target).includes(option)))
}

/** `Pages 1-3, picture quality 60, no bookmarks`; secrets are omitted. Empty without options. */
export function describe(options: Options): string {
  const parts = Object.entries(withoutSecrets(options)).map(([name, value]) => {
    const label = lower(OPTIONS.find(option => option.name === name)?.label ?? name)
    if (value === true) return label
    return value === false ? `no ${label}` : `${label} ${value}`
  })
  return upper(parts.join(', '))
}

/** `none` becomes `None`, `a4` becomes `A4`, `ja-JP` becomes `Japanese`; `utf-8` stays. */
export function choiceLabel(choice: string): string {
  const language = LANGUAGES[choice]
  if (language) return language
  if (/^[a-z]\d$/.test(choice)) return choice.toUpperCase()
  if (!/^[a-z]+([A-Z][a-z]+)*$/.test(choice)) return choice
  return upper(choice.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`))
}

function familiesOf(formats: readonly string[]): Family[] {
  const families = new Set(formats.map(format => SOURCES.get(format)?.family))
  return (Object.keys(FAMILY_LABELS) as Family[]).filter(family => families.has(family))
}

/** `presentations and documents`; empty where it is every family of documents, with PDFs or without. */
function onlyOf(formats: readonly string[]): string {
  const families = familiesOf(formats)
  const isEvery = Object.keys(FAMILY_LABELS).every(
    family => family === 'pdf' || families.some(one => one === family),
  )
  if (isEvery) return ''
  return families.map(family => lower(FAMILY_LABELS[family])).join(' and ')
}

function grouped<T>(members: readonly T[], titleOf: (member: T) => string): LabelGroup<T>[] {
  const groups = new Map<string, T[]>()
  for (const member of members) groups.set(titleOf(member), [...(groups.get(titleOf(member)) ?? []), member])
  return [...groups].map(([title, members]) => ({ title, members }))
}

export const upper = (text: string) => text.replace(/^./, letter => letter.toUpperCase())
const lower = (text: string) => text.replace(/^\p{Lu}(?=\p{Ll})/u, letter => letter.toLowerCase())
