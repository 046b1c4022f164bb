// Shows the two documents of this server, and asks nothing of any other.
const explorer = document.getElementById('explorer')
const base = explorer.dataset.base
const document_ = (title, slug, scheme) => ({
  title,
  slug,
  url: `${base}/openapi/${slug}.json`,
  authentication: { preferredSecurityScheme: scheme },
  agent: { disabled: true },
})

Scalar.createApiReference('#explorer', {
  sources: [
    { ...document_('Admin API', 'v1', 'adminKey'), default: true },
    document_('SCIM', 'scim', 'secretToken'),
  ],
  proxyUrl: '',
  telemetry: false,
  withDefaultFonts: false,
  persistAuth: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  defaultOpenAllTags: false,
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
})
