import { useState } from 'react'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { curlCommand } from '../../live/curl-command.ts'
import { useTexts } from '../../messages/use-texts.tsx'
import './curl-panel.css'

/** The same conversion as a command for a terminal. `address` is where this Nightshift is. */
export function CurlPanel({ job, address }: { job: Snapshot; address: string }) {
  const { t } = useTexts()
  const [said, setSaid] = useState('')
  const command = curlCommand(job, address)
  const copy = () =>
    navigator.clipboard
      ? navigator.clipboard.writeText(command).then(
          () => setSaid(t('details.copied')),
          () => setSaid(t('details.copyByHand')),
        )
      : setSaid(t('details.copyByHand'))
  return (
    <details className="more">
      <summary>{t('details.terminal')}</summary>
      {/* Long lines scroll, and the keyboard scrolls what has the focus. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as above */}
      <pre className="command" dir="ltr" tabIndex={0}>
        <code>{command}</code>
      </pre>
      <button type="button" className="button" onClick={() => void copy()}>
        {t('details.copyCommand')}
      </button>
      <p className="fine" role="status">
        {said}
      </p>
      <p className="fine">{t('details.terminalHint')}</p>
    </details>
  )
}
