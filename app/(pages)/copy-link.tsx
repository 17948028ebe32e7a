import { useEffect, useState } from 'react'
import { LinkIcon } from './icons.tsx'
import { under } from './live/address.ts'
import { useTexts } from './messages/use-texts.tsx'

const SHOWN_MS = 2000

/** Copies the URL of a job's page; where the browser does not allow that, shows it. */
export function CopyLink({ id, name }: { id: string; name: string }) {
  const { t } = useTexts()
  const [state, setState] = useState<'' | 'copied' | 'refused'>('')
  const isCopied = state === 'copied'
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setState(''), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = async () => setState((await copied(urlOf(id))) ? 'copied' : 'refused')
  return (
    <>
      <button type="button" className="button copy" title={t('row.copyLink')} onClick={copy}>
        <LinkIcon />
        {/* Both labels overlap, so that the button keeps its width. */}
        <span className="either" data-second={isCopied}>
          <span>{t('row.copyLink')}</span>
          <span aria-hidden={!isCopied}>{t('row.copied')}</span>
        </span>
        <span className="unseen"> {t('row.linkTo', { name })}</span>
      </button>
      {state === 'refused' && <ByHand url={urlOf(id)} />}
    </>
  )
}

const urlOf = (id: string) => location.origin + under(`/jobs/${id}`)

/** The user has just asked for it. */
const select = (field: HTMLInputElement | null) => field?.select()

function ByHand({ url }: { url: string }) {
  const { t } = useTexts()
  return (
    <div className="refusal">
      <p role="alert">{t('row.copyByHand')}</p>
      <input ref={select} className="field" dir="ltr" readOnly value={url} aria-label={t('row.copyLink')} />
    </div>
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
