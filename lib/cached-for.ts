/**
 * Caches the result of `load` for `ms` milliseconds after it resolves, for all callers. A failed load is not cached.
 */
export function cachedFor<T>(ms: number, load: () => Promise<T>): () => Promise<T> {
  let latest: Promise<T> | undefined
  const forget = () => {
    latest = undefined
  }
  return () => {
    if (!latest) {
      latest = load()
      latest.then(() => setTimeout(forget, ms).unref(), forget)
    }
    return latest
  }
}
