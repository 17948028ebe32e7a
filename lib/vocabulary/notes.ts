/**
 * Notes on a successful result: what is missing, what may look different, what is good to know. Notes are stored as
 * codes and numbers; sentences are made where they are shown. The browser imports this too.
 */
import { NOTES, type NoteEntry, type Severity } from './notes/table.ts'

export type { Severity } from './notes/table.ts'
export type NoteCode = keyof typeof NOTES
export type NoteDetails = Record<string, string | number | readonly string[]>

export interface Note {
  code: NoteCode
  /** How often it happened; at least 1. */
  count: number
  /** Fills the placeholders of the sentences. */
  details: NoteDetails
  severity: Severity
}

/** A note with its sentences, as the API and the page show it. */
export type NoteView = Note & NoteSentence

export interface NoteSentence {
  message: string
  /** What the user can do, if anything. */
  nextStep: string | null
}

const NAMES_SHOWN = 6

/** Worst first. */
export const SEVERITIES = ['loss', 'changed', 'info'] as const satisfies Severity[]

export const NOTE_CODES = Object.keys(NOTES) as [NoteCode, ...NoteCode[]]

/** A note with its severity from the table: `note('media_left_out', { count: 2 })`. */
export function note(code: NoteCode, { count = 1, details = {} }: Partial<Note> = {}): Note {
  return { code, count, details, severity: NOTES[code].severity }
}

/**
 * Merges notes that differ only in count and sorts them by severity and then in table order; drops those with a count
 * of 0.
 */
export function mergeNotes(notes: readonly Note[]): Note[] {
  const merged = new Map<string, Note>()
  for (const each of notes) {
    if (each.count < 1) continue
    const key = JSON.stringify([each.code, Object.entries(each.details).toSorted()])
    const count = each.count + (merged.get(key)?.count ?? 0)
    merged.set(key, { ...each, count })
  }
  return [...merged.values()].toSorted((a, b) => rankOf(a) - rankOf(b))
}

/** The sentence of a note; for a code that this version does not know, the code as words. */
export function noteSentence({ code, count, details }: Note): NoteSentence {
  const entry: NoteEntry | undefined = NOTES[code]
  const filling = { count, ...details }
  const message = entry && fill(count === 1 ? entry.one : entry.many, filling)
  const steps = entry?.nextSteps?.map(step => fill(step, filling)) ?? []
  return {
    message: message ?? `${wordsOf(code)} (${count}).`,
    nextStep: steps.find(step => step !== null) ?? null,
  }
}

/** Adds the sentences to a note. */
export function noteView(note: Note): NoteView {
  return { ...note, ...noteSentence(note) }
}

function rankOf({ severity, code }: Note): number {
  return SEVERITIES.indexOf(severity) * NOTE_CODES.length + NOTE_CODES.indexOf(code)
}

/** Null where a detail is missing. */
function fill(text: string, details: NoteDetails): string | null {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  if (names.some(name => details[name] === undefined)) return null
  return text.replace(/\{(\w+)\}/g, (_, name: string) => inWords(details[name] ?? ''))
}

function inWords(detail: NoteDetails[string]): string {
  if (typeof detail === 'string' || typeof detail === 'number') return String(detail)
  const shown = detail.slice(0, NAMES_SHOWN)
  const more = detail.length - shown.length
  // Made here, because its data take as long to load as all of this module.
  const list = new Intl.ListFormat('en', { type: 'conjunction' })
  return list.format(more > 0 ? [...shown, `${more} more`] : shown)
}

function wordsOf(code: string): string {
  const words = code.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
