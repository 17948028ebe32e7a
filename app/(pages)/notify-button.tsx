import { useEffect, useEffectEvent, useState } from 'react'
import { BellIcon } from './icons.tsx'

interface Props {
  isUnderWay: boolean
  /** How the files stand, for the notification. */
  summary: string
}

/** Offers a notification of the desktop for when nothing is under way any more; asked for each time anew. */
export function NotifyButton({ isUnderWay, summary }: Props) {
  const [state, setState] = useState<'' | 'asked' | 'refused'>('')
  const end = useEffectEvent(() => {
    if (state === 'asked' && !document.hasFocus()) show(summary)
    setState('')
  })
  useEffect(() => {
    if (!isUnderWay) end()
  }, [isUnderWay])
  const toggle = async () => {
    if (state === 'asked') return setState('')
    setState((await Notification.requestPermission()) === 'granted' ? 'asked' : 'refused')
  }
  // Without HTTPS no browser notifies, but on this machine itself.
  if (!isUnderWay || !globalThis.isSecureContext || !('Notification' in globalThis)) return null
  return (
    <>
      <button type="button" className="quiet" aria-pressed={state === 'asked'} onClick={toggle}>
        <BellIcon />
        {state === 'asked' ? 'You will be notified' : 'Notify me at the end'}
      </button>
      {state === 'refused' && (
        <p className="refusal" role="alert">
          This browser does not allow this page to notify you. Its settings for this site can change that.
        </p>
      )}
    </>
  )
}

function show(summary: string): void {
  try {
    new Notification('Nightshift: all files have ended', { body: summary.replaceAll('\u00a0', ' ') })
  } catch {
    // On phones only a service worker may notify.
  }
}
