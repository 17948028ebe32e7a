/**
 * JSON in ASCII without line ends, which XML changes, and without what XML would escape or forbid. It has as many bytes
 * as characters.
 */
export function asciiJsonOf(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^ -~]|[<>&]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
