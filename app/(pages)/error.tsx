'use client'
import { Header } from './header.tsx'
import { useTexts } from './messages/use-texts.tsx'

/** Shown when the server could not render the page, most likely because its database is down for a moment. */
export default function Failure({ reset }: { reset: () => void }) {
  const { t } = useTexts()
  return (
    <div className="wrap">
      <Header />
      <main className="card">
        <h1>{t('page.unavailable')}</h1>
        <p className="say">{t('page.unavailableHint')}</p>
        <div className="actions">
          <button type="button" className="button main" onClick={reset}>
            {t('page.tryAgain')}
          </button>
        </div>
      </main>
    </div>
  )
}
