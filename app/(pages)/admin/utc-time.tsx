/** A time to the second, the same for everybody who reads the log beside it; nothing for none. */
export function UtcTime({ at }: { at: Date | string | null }) {
  if (at === null) return null
  const iso = new Date(at).toISOString()
  return (
    <time dateTime={iso} dir="ltr">
      {iso.slice(0, 19).replace('T', ' ')}
    </time>
  )
}
