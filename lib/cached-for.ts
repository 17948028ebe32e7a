/** Answers with one look for `ms` milliseconds after it came, whoever asks. One that failed is done again. */
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
