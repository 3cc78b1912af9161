// Run in a page by browser.py: what it is like, as a Look.
(() => {
    const channels = (colour) => {
        const parts = (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
        return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
    };
    const luminance = ({ rgb }) => {
        const [r, g, b] = rgb.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (one, other) => {
        const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    const background = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const behind = at.tagName === "g" && at.querySelector(":scope > rect, :scope > circle");
            const colour = channels(behind ? getComputedStyle(behind).fill : getComputedStyle(at).backgroundColor);
            if (colour.alpha > 0.5) return colour;
        }
        return channels("rgb(255, 255, 255)");
    };
    const low = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const text = walker.currentNode.data.trim();
        const unseen = !text || element.closest("title, desc, style") || !element.getClientRects().length;
        if (unseen) continue;
        const style = getComputedStyle(element);
        const colour = channels(element.closest("svg") ? style.fill : style.color);
        const found = ratio(colour, background(element));
        if (found < 4.5) low.add(`${found.toFixed(2)} ${element.tagName}.${element.className.baseVal ?? element.className}`);
    }
    const graph = document.querySelector("svg.graph");
    const box = graph && graph.getBoundingClientRect();
    const handlers = [...document.querySelectorAll("*")].filter((element) =>
        [...element.attributes].some((a) => a.name.startsWith("on") || /^\s*javascript:/i.test(a.value)));
    return {
        width: document.documentElement.scrollWidth,
        graph: box && { width: box.width, height: box.height, nodes: graph.querySelectorAll(".node").length },
        clipped: [...document.querySelectorAll(".box")].filter((box) =>
            box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1).length,
        low_contrast: [...low],
        headings: [...document.querySelectorAll("h1, h2, h3")].map((heading) => heading.textContent),
        scripts: document.scripts.length + handlers.length,
        text: document.body.innerText,
        drawn: graph ? graph.textContent : "",
    };
})()
