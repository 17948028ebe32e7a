import type { AdminKey } from '../../messages/admin-texts.ts'

/** Why a page of jobs is empty: by whether they were searched, and by the cursor of the next page. */
export function nothingText(isSearch: boolean, next: string | null): AdminKey {
  if (next !== null) return 'jobs.searchedTo'
  return isSearch ? 'jobs.noneFound' : 'shell.none'
}
