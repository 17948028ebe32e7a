/** Answers with one look for `ms` milliseconds after it came, whoever asks. One that failed is done again. */
export function remembered<T>(ms: number, look: () => Promise<T>): () => Promise<T> {
  let latest: Promise<T> | undefined
  const forget = () => {
    latest = undefined
  }
  return () => {
    if (!latest) {
      latest = look()
      latest.then(() => setTimeout(forget, ms).unref(), forget)
    }
    return latest
  }
}
