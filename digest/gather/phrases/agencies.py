"""The names of agencies, as credits and datelines spell them."""

AGENCIES = (
    r"(?:getty(?: images)?|afp|reuters|epa(?:-efe)?|ap|aa|dpa|apa|ansa|efe|pap|tass|тасс"
    r"|риа новости|ria novosti|sputnik"
    r"|спутник|anadolu(?: agency| ajansı)?|xinhua|shutterstock|imago(?: images)?"
    r"|picture alliance|keystone|ukrinform"
    r"|укринформ|укрінформ|уніан|униан|unian|pa media|pti|ani|kyodo|yonhap|nurphoto|zuma|alamy"
    r"|depositphotos|istock|sipa|belga|mti|tanjug|hina|stf)"
)
