'use client'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useSyncExternalStore } from 'react'
import { Brand, Header } from './header.tsx'
import type { HomeMainProps } from './home-main.tsx'
import { DeferredPart } from './live/deferred-part.ts'
import { EarlyInput } from './live/early-input.ts'
import { firstPaint } from './live/first-paint.ts'
import { MainConnection } from './live/main-connection.ts'
import { hasStoredState } from './live/storage-keys.ts'
import { useTexts } from './messages/use-texts.tsx'
// The server renders what these style before its code is loaded.
import './disclosure.css'
import './settings/options.css'
import './settings/settings.css'
import './drop-zone.css'
import './home.css'

const main = new DeferredPart(async () => {
  const { HomeMain } = await import('./home-main.tsx')
  return { default: HomeMain }
})
/** The server's page is painted first, which loading a connection would delay. */
const live = new DeferredPart(async () => {
  await firstPaint()
  return import('./live/connection.ts')
})
const early = new EarlyInput()
const connection = new MainConnection({
  open: async listener => {
    live.need()
    const { Connection } = await live.arrival
    return new Connection({ mine: true }, listener)
  },
  onFirstJobs: main.need,
})

/** The server renders it with the page; a browser comes to life there once `main` is needed. */
const HomeMain = lazy(() => {
  if (typeof window === 'undefined') main.need()
  return main.arrival
})

type Props = Omit<HomeMainProps, 'early' | 'connect'> & { footer: ReactNode }

/**
 * The main page. Loaded first is what an empty one needs: the connection with its mark, once the page is painted. The
 * rest comes with the first sign of a user, of their jobs, or of an earlier visit. It must not render again before that:
 * the server's elements would be replaced.
 */
export function Home({ footer, ...props }: Props) {
  const { hasFiles } = props
  const input = useRef<HTMLElement>(null)
  useEffect(() => {
    const root = input.current
    if (hasFiles || hasStoredState() || isAwaited(root)) main.need()
    return root ? early.begin(root, main.need) : undefined
  }, [hasFiles])
  return (
    <div className="wrap">
      <LiveHeader />
      <MissingPart />
      <main ref={input}>
        <Suspense>
          <HomeMain {...props} early={early} connect={connection.takeOver} />
        </Suspense>
      </main>
      {footer}
    </div>
  )
}

/** Whether nothing is there, as after another page, or a panel was opened before any code was loaded. */
function isAwaited(root: HTMLElement | null): boolean {
  return !root?.firstElementChild || root.querySelector('details[open]') !== null
}

function LiveHeader() {
  const link = useSyncExternalStore(connection.subscribe, connection.link, connection.link)
  return (
    <Header
      link={link}
      brand={
        <span className="brand">
          <Brand />
        </span>
      }
    />
  )
}

/** Says that the rest of the page cannot be loaded at the moment. */
function MissingPart() {
  const { t } = useTexts()
  const isMainMissing = useSyncExternalStore(main.subscribe, main.isMissing, main.isMissing)
  const isLiveMissing = useSyncExternalStore(live.subscribe, live.isMissing, live.isMissing)
  return (
    <p role="status" className="incomplete">
      {(isMainMissing || isLiveMissing) && t('page.incomplete')}
    </p>
  )
}
