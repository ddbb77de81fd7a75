// The first thing in the body: tells the styles that scripts run here. An external file, because the pages' security
// policy allows no script within a page.
document.body.className += ` js-enabled${"noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : ""}`;
