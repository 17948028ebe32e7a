import type { Job, Jobs, ListQuery } from '../jobs.ts'

/** All jobs that a query names, page by page. What changes meanwhile may be listed or not. */
export async function* jobsPageByPage(
  list: Jobs['list'],
  query: Omit<ListQuery, 'after'>,
): AsyncGenerator<Job[]> {
  let after: string | undefined
  do {
    const { items, next } = await list({ ...query, after })
    yield items
    after = next ?? undefined
  } while (after !== undefined)
}
