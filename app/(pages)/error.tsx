'use client'
import { Header } from './header.tsx'

/** Shown when the server could not render the page, most likely because its database is down for a moment. */
export default function Failure({ reset }: { reset: () => void }) {
  return (
    <div className="wrap">
      <Header />
      <main className="card">
        <h1>This page cannot be shown at the moment</h1>
        <p className="say">Nothing that was accepted is lost. Try again in a moment.</p>
        <div className="actions">
          <button type="button" className="button main" onClick={reset}>
            Try again
          </button>
        </div>
      </main>
    </div>
  )
}
