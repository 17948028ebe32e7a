import { createHash } from 'node:crypto'

/** The id of a message that may be sent twice: a UUID of version 8, the same for the same values. */
export function hashedId(...values: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(JSON.stringify(values)).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
