import { distance } from 'fastest-levenshtein'

/** Longer names are no slips of the pen, and comparing them costs. In characters. */
const LONGEST = 60

/**
 * What to try in place of a name that nobody knows: the nearest known one, and all that there are.
 * @param known at least one name
 */
export function suggest(name: string, known: readonly string[]): string {
  const nearest = nearestOf(name, known)
  return `${nearest ? `Did you mean “${nearest}”? ` : ''}Known here: ${known.join(', ')}.`
}

/** The known name that differs in the fewest letters, if it still looks like a slip. */
function nearestOf(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST) return undefined
  const asked = plain(name)
  const [nearest] = known
    .map(other => ({ other, letters: distance(asked, plain(other)) }))
    .filter(({ other, letters }) => letters <= Math.max(2, other.length / 2))
    .sort((one, two) => one.letters - two.letters)
  return nearest?.other
}

/** The same words are written batchId, batch_id and batch-id. */
const plain = (name: string) => name.toLowerCase().replace(/[-_ ]/g, '')
