/** What an option is. Pure data, safe for the browser. */
import type { Family } from './sources.ts'

export type Kind =
  | { type: 'switch'; default: boolean }
  | { type: 'number'; default: number | null; min: number; max: number }
  /** Without a default it is found out by itself. */
  | {
      type: 'choice'
      default: string | null
      choices: readonly string[]
      other?: OtherChoice
      groups?: Groups
      /** Choices that have an effect for fewer sources and targets than the option. */
      only?: Readonly<Record<string, readonly Where[]>>
    }
  /** `pattern` as in a form field; `valid` says in words what it lets through. */
  | { type: 'text'; maxLength: number; pattern?: string; valid: string; names?: Named }

/** What a pattern alone would let through: languages and zones that nobody knows, and pages that are named twice. */
export type Named = 'language' | 'timeZone' | 'pages'

/** All choices by what they are for, where there are too many to look through. */
export type Groups = Readonly<Record<string, readonly string[]>>

/** What a choice takes beside its choices. */
export interface OtherChoice {
  pattern: string
  valid: string
  names?: Named
}

export interface Option {
  name: string
  label: string
  sentence: string
  kind: Kind
  /** Which sources (formats or whole families) have it for which targets. */
  where: readonly Where[]
  /** Never shown, never stored as it is. */
  secret?: true
  /** Options beside which it has no effect, each with the targets for which that is so. */
  excludes?: Readonly<Record<string, readonly string[]>>
  /** It has an effect only beside one of these. */
  needs?: readonly string[]
}

export interface Where {
  sources: readonly (Family | string)[]
  targets: readonly string[]
}
