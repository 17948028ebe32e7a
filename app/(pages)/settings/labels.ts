/** Labels of targets and options. Pure. */
import {
  type Family,
  isBundle,
  type Option,
  optionsOf,
  PDF_TARGETS,
  PICTURE_TARGETS,
  SOURCES,
  TARGETS,
  targetsOf,
} from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import {
  inSentence,
  optionLabel,
  quoted,
  targetLabel,
  targetUse,
  upper,
  validText,
} from '../messages/names.ts'
import type { MessageKey, Texts } from '../messages/texts.ts'
import {
  type Conflict,
  type ConversionSettings,
  optionsFor,
  requirementIn,
  sourcesOf,
  withoutSecrets,
} from './conversion-settings.ts'

const FAMILY_KEYS = {
  presentation: 'settings.presentations',
  document: 'settings.documents',
  spreadsheet: 'settings.spreadsheets',
  drawing: 'settings.drawings',
  pdf: 'settings.pdfs',
} as const satisfies Record<Family, MessageKey>

export const FAMILY_ORDER = Object.keys(FAMILY_KEYS) as Family[]

/** `Presentations`. */
export const familyLabel = ({ t }: Texts, family: Family) => t(FAMILY_KEYS[family])

export interface LabelGroup<T> {
  title: string
  members: T[]
}

/** `PDF/A-2b`; a zip of pictures or PDFs is labelled as one. */
export function targetName(texts: Texts, { target, options }: ConversionSettings): string {
  const name = targetLabel(texts, target)
  if (!isBundle(target, options)) return name
  const isPdf = PDF_TARGETS.includes(target)
  return texts.t(isPdf ? 'settings.zipOfPdfs' : 'settings.zipOfPictures', { target: name })
}

/** What a target is useful for, and its source formats where not all have it. */
export function targetSentence(texts: Texts, { target }: ConversionSettings): string {
  const kinds = onlyOf(texts, sourcesOf(target))
  const made = kinds && texts.t('settings.madeFrom', { kinds })
  return [targetUse(texts, target), made].filter(Boolean).join(texts.t('page.sentences'))
}

/** All targets in groups, or those of one source format. */
export function targetGroups(texts: Texts, format?: string): LabelGroup<{ target: string; name: string }>[] {
  const targets = format ? targetsOf(format) : [...TARGETS.keys()]
  return grouped(
    targets.map(target => ({ target, name: upper(targetLabel(texts, target)) })),
    ({ target }) => {
      if (PDF_TARGETS.includes(target)) return familyLabel(texts, 'pdf')
      if (PICTURE_TARGETS.includes(target)) return texts.t('settings.pictures')
      const [family] = Object.keys(TARGETS.get(target)?.filters ?? {}) as Family[]
      return family ? familyLabel(texts, family) : texts.t('settings.moreTargets')
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

const GROUPS = ['settings.forAll', 'settings.forSome', 'settings.protection'] as const

/** The options of a target in groups: first those for all files, then the rest; for one source format only its own. */
export function optionGroups(texts: Texts, target: string, format?: string): LabelGroup<Option>[] {
  const options = format ? optionsOf(format, target) : optionsFor(target)
  const groups = grouped(options, option => {
    if (PROTECTION.includes(option.name)) return GROUPS[2]
    return !format && concerns(texts, option, target) ? GROUPS[1] : GROUPS[0]
  })
  return GROUPS.flatMap(key =>
    groups.flatMap(({ title, members }) => (title === key ? [{ title: texts.t(key), members }] : [])),
  )
}

/** `presentations and documents`: the sources that an option applies to; empty where it applies to all. */
export function concerns(texts: Texts, option: Option, target: string): string {
  return onlyOf(
    texts,
    sourcesOf(target).filter(format => optionsOf(format, target).includes(option)),
  )
}

/** `Pages 1-3, picture quality 60, no bookmarks`; secrets are omitted. Empty without options. */
export function describe(texts: Texts, options: Options): string {
  const parts = Object.entries(withoutSecrets(options)).map(([name, value]) => {
    const option = inSentence(texts, optionLabel(texts, name))
    if (value === true) return option
    if (value === false) return texts.t('settings.without', { option })
    return texts.t('settings.value', { option, value })
  })
  return upper(parts.join(texts.t('page.comma')))
}

/** Why an option has no effect beside others. */
export function conflictText(texts: Texts, conflict: Conflict): string {
  const title = (name: string) => quoted(texts, optionLabel(texts, name))
  if ('beside' in conflict) return texts.t('settings.noEffect', { other: title(conflict.beside) })
  return texts.t('settings.onlyWith', { others: texts.list(conflict.needs.map(title), 'disjunction') })
}

/** What the option requires, where its value is invalid; null where it is valid or unset. */
export function problemWith(texts: Texts, option: Option, settings: ConversionSettings): string | null {
  const demand = requirementIn(option, settings)
  return demand && texts.t('settings.mustBe', { valid: texts.names ? validText(texts, option) : demand })
}

/** `presentations and documents`; empty where it is every family of documents, with PDFs or without. */
function onlyOf(texts: Texts, formats: readonly string[]): string {
  const found = new Set(formats.map(format => SOURCES.get(format)?.family))
  const families = FAMILY_ORDER.filter(family => found.has(family))
  if (FAMILY_ORDER.every(family => family === 'pdf' || found.has(family))) return ''
  return texts.list(families.map(family => inSentence(texts, familyLabel(texts, family))))
}

function grouped<T>(members: readonly T[], titleOf: (member: T) => string): LabelGroup<T>[] {
  const groups = new Map<string, T[]>()
  for (const member of members) groups.set(titleOf(member), [...(groups.get(titleOf(member)) ?? []), member])
  return [...groups].map(([title, members]) => ({ title, members }))
}
