/** The type of an option. Pure data, safe for the browser. */
import type { Family } from './sources.ts'

export type Kind =
  | { type: 'switch'; default: boolean }
  | { type: 'number'; default: number | null; min: number; max: number }
  /** Without a default the value is detected. */
  | {
      type: 'choice'
      default: string | null
      choices: readonly string[]
      other?: OtherChoice
      groups?: Groups
      /** Choices that have an effect for fewer sources and targets than the option itself. */
      only?: Readonly<Record<string, readonly Where[]>>
    }
  /** `pattern` as in a form field; `valid` describes it in words. */
  | { type: 'text'; maxLength: number; pattern?: string; valid: string; names?: Named }

/** A further check where a pattern is not enough: unknown languages and time zones, and pages that are named twice. */
export type Named = 'language' | 'timeZone' | 'pages'

/** All choices by group, where a flat list would be too long. */
export type Groups = Readonly<Record<string, readonly string[]>>

/** A value that an enumeration accepts beside its choices. */
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
  /** The sources (formats or whole families) and targets for which it has an effect. */
  where: readonly Where[]
  /** Never shown, never stored unencrypted. */
  secret?: true
  /** Options beside which it has no effect, each with the targets to which that applies. */
  excludes?: Readonly<Record<string, readonly string[]>>
  /** It has an effect only together with one of these. */
  needs?: readonly string[]
}

export interface Where {
  sources: readonly (Family | string)[]
  targets: readonly string[]
}
