import{b as r,c as n,f as i}from"./chunk-chunk-VH3BF5KA.js";import{b as o}from"./chunk-chunk-EEFEZAWQ.js";function u(s){let t=o("div",{class:"fragment-editor"}),m=i("The fragment's code"),e=new n({parent:t,state:r.create({doc:s.trimEnd(),extensions:m})});return{element:t,source:()=>`${e.state.doc.toString()}
`,focus:()=>e.focus()}}export{u as fragmentEditor};
