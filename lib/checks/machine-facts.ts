import { createHmac } from 'node:crypto'
import type { Secrets } from '../secrets.ts'

/** What a worker tells of its machine and settings, for a comparison with others. */
export interface MachineFacts {
  /** Fingerprints: equal for equal values, which cannot be concluded from them. */
  marks: SecretMarks
  /** Such as `LibreOffice 25.2.3.2`. */
  engine: string
  fonts: FontFacts
}

export interface SecretMarks {
  secret: string
  adminToken: string
}

export interface FontFacts {
  /** Equal for equal lists of families. */
  digest: string
  families: number
  /** The names of the scripts (`FONT_SCRIPTS`) that have no font. */
  lacking: readonly string[]
}

/** The key is SECRET, which has at least 32 characters: nobody tries all tokens without it. */
export function secretMarks({ secret, adminToken }: Pick<Secrets, 'secret' | 'adminToken'>): SecretMarks {
  const mark = (text: string) => createHmac('sha256', secret).update(text).digest('hex').slice(0, 12)
  return { secret: mark('the mark of SECRET'), adminToken: mark(`the mark of ADMIN_TOKEN ${adminToken}`) }
}
