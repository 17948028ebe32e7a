/** File names up to this many characters are never cut, not even on a small phone. */
const SHORT = 14

/**
 * A long name is cut in the middle, because the end distinguishes two copies of a document. A name that is read from the
 * right begins there.
 */
export function FileName({ fileName }: { fileName: string }) {
  if (fileName.length <= SHORT) return <span className="start">{fileName}</span>
  const end = fileName.length - Math.min(12, fileName.length - fileName.lastIndexOf('.') + 4)
  return (
    <>
      <span className="unseen">{fileName}</span>
      <span className="start" aria-hidden="true">
        {fileName.slice(0, end)}
      </span>
      <span className="end" aria-hidden="true">
        {fileName.slice(end)}
      </span>
    </>
  )
}
