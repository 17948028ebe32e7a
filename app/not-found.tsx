import { Header } from './(pages)/header.tsx'
import { under } from './(pages)/live/address.ts'
import { textsOf } from './(pages)/messages/catalogue.ts'
import { requestLanguage } from './(pages)/messages/request-language.ts'

/** Every page carries it, so it has nothing that a browser would load with each. */
export default async function NotFound() {
  const { t } = textsOf(await requestLanguage())
  return (
    <div className="wrap">
      <Header />
      <main className="card">
        <h1>{t('page.nothingHere')}</h1>
        <p className="say">{t('page.nothingHereHint')}</p>
        <p className="onward">
          <a href={under('/')}>{t('page.convertFiles')}</a>
        </p>
      </main>
    </div>
  )
}
