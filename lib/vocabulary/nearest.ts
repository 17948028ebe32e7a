import { distance } from 'fastest-levenshtein'

/** Longer names are not typing errors, and comparing them is expensive. In characters. */
const LONGEST = 60

/**
 * Suggests the nearest known name for an unknown one, and lists all.
 * @param known at least one name
 */
export function suggest(name: string, known: readonly string[]): string {
  const nearest = nearestOf(name, known)
  return `${nearest ? `Did you mean “${nearest}”? ` : ''}Known here: ${known.join(', ')}.`
}

/** The known name with the smallest edit distance, if it is close enough for a typing error. */
function nearestOf(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST) return undefined
  const asked = plain(name)
  const [nearest] = known
    .map(other => ({ other, letters: distance(asked, plain(other)) }))
    .filter(({ other, letters }) => letters <= Math.max(2, other.length / 2))
    .sort((one, two) => one.letters - two.letters)
  return nearest?.other
}

/** batchId, batch_id and batch-id are the same name. */
const plain = (name: string) => name.toLowerCase().replace(/[-_ ]/g, '')
