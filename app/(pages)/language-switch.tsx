import { PAGE_LANGUAGES, type PageLanguage } from '../page-language.ts'
import './language-switch.css'

/** Links to this page in each language; `app/chosen-language.ts` answers them. They need no JavaScript. */
export function LanguageSwitch({ language, label }: { language: PageLanguage; label: string }) {
  return (
    <nav className="languages" aria-label={label}>
      {Object.entries(PAGE_LANGUAGES).map(([tag, { name, dir }]) => (
        <a
          key={tag}
          href={`?language=${tag}`}
          rel="nofollow"
          lang={tag}
          dir={dir}
          aria-current={tag === language ? 'true' : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  )
}
