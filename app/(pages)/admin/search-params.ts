/** The query of a page as Next gives it. */
export type PageQuery = Readonly<Record<string, string | string[] | undefined>>

/** The same as `URLSearchParams`, which repeats a name that has several values. */
export function searchParamsOf(query: PageQuery): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [value].flat().map((one): [string, string] => [name, one]),
    ),
  )
}
