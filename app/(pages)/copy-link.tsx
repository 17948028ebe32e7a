import { useEffect, useState } from 'react'
import { LinkIcon } from './icons.tsx'
import { under } from './live/address.ts'

const SHOWN_MS = 2000

/** Copies the URL of a job's page. */
export function CopyLink({ id, name }: { id: string; name: string }) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = async () => setCopied(await copied(location.origin + under(`/jobs/${id}`)))
  return (
    <button type="button" className="button copy" title="Copy link" onClick={copy}>
      <LinkIcon />
      {/* Both labels overlap, so that the button keeps its width. */}
      <span className="either" data-second={isCopied}>
        <span>Copy link</span>
        <span aria-hidden={!isCopied}>Copied</span>
      </span>
      <span className="unseen"> to {name}</span>
    </button>
  )
}

async function copied(text: string): Promise<boolean> {
  // A page opened by plain HTTP from another machine has no clipboard; the older API works there.
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
  }
  const field = document.createElement('textarea')
  field.value = text
  document.body.append(field)
  field.select()
  const isDone = document.execCommand('copy')
  field.remove()
  return isDone
}
