/** Errors and notes in the language of the page, made of their codes and details. Pure. */
import { OPTIONS } from '#lib/vocabulary/formats.ts'
import type { JobError } from '#lib/vocabulary/job.ts'
import type { NoteSentence, NoteView } from '#lib/vocabulary/notes.ts'
import { optionLabel, quoted, scriptName, sourceName, targetLabel, validText } from './names.ts'
import type { Texts, Values } from './texts.ts'

const NAMES_SHOWN = 6

/** The sentences of an error; the server's own where the page has none, or no details to make them of. */
export function errorText(texts: Texts, error: JobError): Pick<JobError, 'message' | 'nextStep'> {
  const { code, details } = error
  if (!details || !texts.names) return error
  const values = { kind: 'unknown', ...details, ...translated(texts, details) }
  const message = texts.sentence(`errors.${code}.message`, values)
  const nextStep = texts.sentence(`errors.${code}.nextStep`, values)
  if (message === null || nextStep === null) return error
  if (details.part === undefined) return { message, nextStep }
  return { message: texts.sentence('other.aboutPart', { part: details.part, message }) ?? message, nextStep }
}

/** An error as one line. */
export function errorLine(texts: Texts, error: JobError): string {
  const { message, nextStep } = errorText(texts, error)
  return message + texts.t('page.sentences') + nextStep
}

/** The sentences of a note, as those of an error. */
export function noteText(texts: Texts, note: NoteView): NoteSentence {
  if (!texts.names) return note
  const { code, count, details } = note
  const filled = Object.entries(details).map(([name, value]) => [name, inWords(texts, value)])
  const values: Values = {
    package: 'none',
    count,
    ...Object.fromEntries(filled),
    ...translated(texts, details),
  }
  const names = notDrawn(texts, note)
  const message = texts.sentence(`notes.${code}.message`, names ? { ...values, names } : values)
  if (message === null) return note
  return { message, nextStep: texts.sentence(`notes.${code}.nextStep`, values) }
}

/** What is not drawn, by kind: its English names are of no use. */
function notDrawn(texts: Texts, { code, details }: NoteView): string | null {
  if (code !== 'not_drawn') return null
  const kinds = Object.entries(details).flatMap(([kind, n]) =>
    typeof n === 'number' ? (texts.sentence(`notDrawn.${kind}`, { n }) ?? []) : [],
  )
  return kinds.length > 0 ? texts.list(kinds) : null
}

function inWords({ list, t }: Texts, value: NoteView['details'][string]): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value
  const more = value.length - NAMES_SHOWN
  return list(more > 0 ? [...value.slice(0, NAMES_SHOWN), t('page.more', { n: more })] : value)
}

/** The details that stand for something with a name. */
function translated(texts: Texts, details: NoteView['details']): Values {
  const {
    option,
    otherOption,
    neededOptions,
    format,
    betterFormat,
    targetId,
    targetIds,
    script,
    scriptCode,
  } = details
  const known = OPTIONS.find(({ name }) => name === option)
  const title = (name: unknown) => quoted(texts, optionLabel(texts, String(name)))
  const all = (names: unknown, nameOf: (name: string) => string) =>
    texts.list(String(names).split(',').map(nameOf), 'disjunction')
  return {
    ...(known && { name: title(known.name), valid: validText(texts, known) }),
    ...(otherOption !== undefined && { other: title(otherOption) }),
    ...(neededOptions !== undefined && { needs: all(neededOptions, title) }),
    ...(format !== undefined && formatNames(sourceName(texts, String(format)))),
    ...(betterFormat !== undefined && {
      better: `${sourceName(texts, String(betterFormat))} (.${betterFormat})`,
    }),
    ...(scriptCode !== undefined && {
      script: scriptName(texts, String(scriptCode)) ?? String(script),
    }),
    ...(targetId !== undefined && { target: targetLabel(texts, String(targetId)) }),
    ...(targetIds !== undefined && { targets: all(targetIds, id => targetLabel(texts, id)) }),
  }
}

const formatNames = (name: string) => ({ source: name, found: name })
