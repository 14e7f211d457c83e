// The style sheet that htmx would write into the page, the content security policy does not allow.
window.htmx.config.includeIndicatorStyles = false;
