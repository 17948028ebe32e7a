/** So long may a fingerprint be. */
const LONGEST = 200

/** What differs from file to file, each with what stands for it. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  [/[“"'«‹`][^“”"'«»‹›`]{1,200}[”"'»›`]/gu, '“…”'],
  [/(?:[a-z]+:\/\/|\.{0,2}\/|[A-Z]:\\)[^\s,;:)]+/gu, '/…'],
  [/\b0x[0-9a-f]+\b|\b(?=[0-9a-f-]*\d)[0-9a-f]{6,}(?:-[0-9a-f]+)*\b/giu, '#'],
  [/\d+(?:[.,]\d+)*/gu, '#'],
  [/\s+/gu, ' '],
]

/** A message without numbers, paths, hexadecimal and quoted names: equal for failures that are alike. */
export function fingerprint(message: string): string {
  const plain = VARIABLE.reduce((text, [what, instead]) => text.replace(what, instead), message)
  return plain.trim().slice(0, LONGEST)
}

/** The fingerprint of what is known of a failure: the texts of its error's details (sizes say nothing of a kind), and the log. */
export function failureFingerprint({ details, log }: { details: string; log: string | null }): string {
  const values = Object.values(JSON.parse(details) as Record<string, string | number>)
  const texts = values.filter(value => typeof value === 'string')
  return fingerprint([...texts, ...(log ? [log] : [])].join(' · '))
}
