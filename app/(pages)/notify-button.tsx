import { useEffect, useEffectEvent, useState } from 'react'
import { BellIcon } from './icons.tsx'
import type { Texts } from './messages/texts.ts'
import { useTexts } from './messages/use-texts.tsx'

interface Props {
  isUnderWay: boolean
  /** How the files stand, for the notification. */
  summary: string
}

/** Offers a notification of the desktop for when nothing is under way any more; asked for each time anew. */
export function NotifyButton({ isUnderWay, summary }: Props) {
  const texts = useTexts()
  const { t } = texts
  const [state, setState] = useState<'' | 'asked' | 'refused'>('')
  const end = useEffectEvent(() => {
    if (state === 'asked' && !document.hasFocus()) show(texts, summary)
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
        {t(state === 'asked' ? 'list.willNotify' : 'list.notify')}
      </button>
      {state === 'refused' && (
        <p className="refusal" role="alert">
          {t('list.notifyRefused')}
        </p>
      )}
    </>
  )
}

function show({ t }: Texts, summary: string): void {
  try {
    new Notification(t('list.notification'), { body: summary.replaceAll('\u00a0', ' ') })
  } catch {
    // On phones only a service worker may notify.
  }
}
