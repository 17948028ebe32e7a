// Loaded before each process of a recorded run: from then on its calls say in their user agent whose role they have. The
// launcher, from which the worker inherits its environment, is a web process; no worker is part of the template.
if (process.argv[1]?.endsWith('worker/main.ts')) process.env.AWS_SDK_UA_APP_ID = 'worker'
process.env.AWS_SDK_UA_APP_ID ??= 'web'
