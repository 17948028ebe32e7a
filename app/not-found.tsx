import Link from 'next/link'
import { Header } from './(pages)/header.tsx'
import { textsOf } from './(pages)/messages/catalogue.ts'
import { requestLanguage } from './(pages)/messages/request-language.ts'

export default async function NotFound() {
  const { t } = textsOf(await requestLanguage())
  return (
    <div className="wrap">
      <Header />
      <main className="card">
        <h1>{t('page.nothingHere')}</h1>
        <p className="say">{t('page.nothingHereHint')}</p>
        <p className="onward">
          <Link href="/">{t('page.convertFiles')}</Link>
        </p>
      </main>
    </div>
  )
}
