import { useState } from 'react'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { curlCommand } from '../../live/curl-command.ts'
import './curl-panel.css'

/** The same conversion as a command for a terminal. `address` is where this Nightshift is. */
export function CurlPanel({ job, address }: { job: Snapshot; address: string }) {
  const [said, setSaid] = useState('')
  const command = curlCommand(job, address)
  const copy = () =>
    navigator.clipboard
      ? navigator.clipboard.writeText(command).then(
          () => setSaid('Copied.'),
          () => setSaid(BY_HAND),
        )
      : setSaid(BY_HAND)
  return (
    <details className="more">
      <summary>The same from a terminal</summary>
      {/* Long lines scroll, and the keyboard scrolls what has the focus. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as above */}
      <pre className="command" tabIndex={0}>
        <code>{command}</code>
      </pre>
      <button type="button" className="button" onClick={() => void copy()}>
        Copy as curl
      </button>
      <p className="fine" role="status">
        {said}
      </p>
      <p className="fine">
        For a shell on Linux, macOS or WSL, in the folder of the file. Passwords are never part of it.
      </p>
    </details>
  )
}

const BY_HAND = 'This browser does not let a page copy here: select the command and copy it.'
