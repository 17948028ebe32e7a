import { AppError } from '../vocabulary/errors.ts'
import type { answeredWithin } from './deadline.ts'
import type { JobSearch } from './search.ts'

const refuse = async () => {
  throw new AppError('unsearchable')
}
const NO_SEARCH: JobSearch = { find: refuse, findByIds: refuse, countStates: refuse }

/** The search of a store under a deadline; one that refuses where the store has none. */
export function answeredSearch(
  search: JobSearch | null,
  answered: ReturnType<typeof answeredWithin>,
): JobSearch {
  const { find, findByIds, countStates } = search ?? NO_SEARCH
  return { find: answered(find), findByIds: answered(findByIds), countStates: answered(countStates) }
}
