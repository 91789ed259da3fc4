#!/usr/bin/env python3
"""Makes tests/data/formats: one invented résumé in every office format. Needs python-docx, reportlab and LibreOffice (soffice).

usage: docs/corpus-sources/formats.py        writes into tests/data/formats
"""
import email.message, email.policy, io, pathlib, subprocess, zipfile
import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

OUT = pathlib.Path(__file__).resolve().parents[2] / "tests/data/formats"
JOBS = [
    ("Fjordlys Kraft AS", "Mar 2019 – Present", "Grid Planning Engineer", "Bergen, Norway",
     ["Planned 132 kV lines for 40,000 homes", "Cut outage time by 18 % with better fault location"]),
    ("Havnens Elektro", "Aug 2014 – Feb 2019", "Electrical Engineer", "Ålesund, Norway",
     ["Designed switchgear for eleven harbours", "Wrote the firm’s first safety manual"]),
]


def word():
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(11)
    head = document.sections[0].header.paragraphs[0]
    head.text = "Marit Solheim-Okafor\tmarit@example.com"
    document.sections[0].footer.paragraphs[0].text = "References on request"
    document.add_heading("Experience", 1)
    for employer, dates, title, place, bullets in JOBS:
        line = document.add_paragraph()
        line.add_run(employer).bold = True
        line.add_run("\t" + dates)
        line = document.add_paragraph()
        line.add_run(title).italic = True
        line.add_run("\t" + place)
        for bullet in bullets:
            document.add_paragraph(bullet, style="List Bullet")
    document.add_heading("Education", 1)
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate([("NTNU, Trondheim", "2014"), ("M.Sc. Electric Power Engineering", "Trondheim, Norway")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_heading("Skills", 1)
    document.add_paragraph("Load flow, PSS/E, AutoCAD, Python")
    link = OxmlElement("w:hyperlink")
    part = document.part.relate_to("https://solheim.example.org", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True)
    link.set(qn("r:id"), part)
    paragraph = document.add_paragraph()
    run = paragraph.add_run("My notes")
    link.append(run._r)
    paragraph._p.append(link)
    hidden = document.add_paragraph().add_run("kubernetes kubernetes kubernetes")
    hidden.font.hidden = True
    document.save(OUT / "solheim.docx")


EUROPASS_OLD = """<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="http://europass.cedefop.europa.eu/Europass" locale="en">
 <LearnerInfo>
  <Identification>
   <PersonName><FirstName>Marit</FirstName><Surname>Solheim-Okafor</Surname></PersonName>
   <ContactInfo><Address><Contact><Municipality>Bergen</Municipality><Country><Code>NO</Code><Label>Norway</Label></Country></Contact></Address>
    <Email><Contact>marit@example.com</Contact></Email>
    <TelephoneList><Telephone><Contact>+47 55 55 01 23</Contact></Telephone></TelephoneList></ContactInfo>
  </Identification>
  <Headline><Description><Label>Grid Planning Engineer</Label></Description></Headline>
  <WorkExperienceList>
   <WorkExperience><Period><From year="2019" month="--03"/><Current>true</Current></Period><Position><Label>Grid Planning Engineer</Label></Position>
    <Activities>&lt;ul&gt;&lt;li&gt;Planned 132 kV lines for 40,000 homes&lt;/li&gt;&lt;li&gt;Cut outage time by 18 %&lt;/li&gt;&lt;/ul&gt;</Activities>
    <Employer><Name>Fjordlys Kraft AS</Name><ContactInfo><Address><Contact><Municipality>Bergen</Municipality><Country><Label>Norway</Label></Country></Contact></Address></ContactInfo></Employer></WorkExperience>
   <WorkExperience><Period><From year="2014" month="--08"/><To year="2019" month="--02"/></Period><Position><Label>Electrical Engineer</Label></Position>
    <Employer><Name>Havnens Elektro</Name></Employer></WorkExperience>
  </WorkExperienceList>
  <EducationList><Education><Period><From year="2009"/><To year="2014"/></Period><Title>M.Sc. Electric Power Engineering</Title>
    <Organisation><Name>NTNU</Name></Organisation></Education></EducationList>
  <Skills><Linguistic><MotherTongueList><MotherTongue><Description><Label>Norwegian</Label></Description></MotherTongue></MotherTongueList>
    <ForeignLanguageList><ForeignLanguage><Description><Label>English</Label></Description><ProficiencyLevel><Listening>C1</Listening></ProficiencyLevel></ForeignLanguage></ForeignLanguageList></Linguistic>
   <Computer><Description>&lt;p&gt;PSS/E, AutoCAD, Python&lt;/p&gt;</Description></Computer></Skills>
 </LearnerInfo>
</SkillsPassport>
"""

EUROPASS_NEW = """<?xml version="1.0" encoding="UTF-8"?>
<Candidate xmlns="http://www.europass.eu/1.0" xmlns:oa="http://www.openapplications.org/oagis/9" xmlns:hr="http://www.hr-xml.org/3" xmlns:eures="http://www.europass_eures.eu/1.0">
 <CandidatePerson>
  <PersonName><oa:GivenName>Marit</oa:GivenName><hr:FamilyName>Solheim-Okafor</hr:FamilyName></PersonName>
  <Communication><ChannelCode>Email</ChannelCode><oa:URI>marit@example.com</oa:URI></Communication>
  <Communication><ChannelCode>Telephone</ChannelCode><CountryDialing>47</CountryDialing><oa:DialNumber>55550123</oa:DialNumber></Communication>
  <Communication><UseCode>home</UseCode><Address type="home"><oa:CityName>Bergen</oa:CityName><CountryCode>no</CountryCode></Address></Communication>
  <PrimaryLanguageCode>nor</PrimaryLanguageCode>
 </CandidatePerson>
 <CandidateProfile languageCode="en">
  <EmploymentHistory>
   <EmployerHistory><hr:OrganizationName>Fjordlys Kraft AS</hr:OrganizationName>
    <PositionHistory><PositionTitle typeCode="FREETEXT">Grid Planning Engineer</PositionTitle>
     <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2019-03</hr:FormattedDateTime></eures:StartDate><hr:CurrentIndicator>true</hr:CurrentIndicator></eures:EmploymentPeriod>
     <oa:Description>&lt;ul&gt;&lt;li&gt;Planned 132 kV lines for 40,000 homes&lt;/li&gt;&lt;/ul&gt;</oa:Description><City>Bergen</City><Country>no</Country></PositionHistory></EmployerHistory>
   <EmployerHistory><hr:OrganizationName>Havnens Elektro</hr:OrganizationName>
    <PositionHistory><PositionTitle>Electrical Engineer</PositionTitle>
     <eures:EmploymentPeriod><eures:StartDate><hr:FormattedDateTime>2014-08</hr:FormattedDateTime></eures:StartDate><eures:EndDate><hr:FormattedDateTime>2019-02</hr:FormattedDateTime></eures:EndDate></eures:EmploymentPeriod></PositionHistory></EmployerHistory>
  </EmploymentHistory>
  <EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>NTNU</hr:OrganizationName>
    <AttendancePeriod><StartDate><hr:FormattedDateTime>2009</hr:FormattedDateTime></StartDate><EndDate><hr:FormattedDateTime>2014</hr:FormattedDateTime></EndDate></AttendancePeriod>
    <EducationDegree><hr:DegreeName>M.Sc. Electric Power Engineering</hr:DegreeName></EducationDegree></EducationOrganizationAttendance></EducationHistory>
  <PersonQualifications><PersonCompetency><CompetencyID>eng</CompetencyID><hr:TaxonomyID>language</hr:TaxonomyID>
    <CompetencyDimension><hr:CompetencyDimensionTypeCode>CEF-Understanding-Listening</hr:CompetencyDimensionTypeCode><eures:Score><hr:ScoreText>C1</hr:ScoreText></eures:Score></CompetencyDimension></PersonCompetency></PersonQualifications>
 </CandidateProfile>
</Candidate>
"""


def europass():
    (OUT / "solheim-europass-2013.xml").write_text(EUROPASS_OLD, encoding="utf-8")
    (OUT / "solheim-europass-2020.xml").write_text(EUROPASS_NEW, encoding="utf-8")
    # A Europass PDF carries the same as an attachment; its pages are only a picture of it.
    page = b"BT /F1 12 Tf 72 720 Td (Marit Solheim-Okafor) Tj 0 -20 Td (Europass CV, printed from the attachment) Tj ET"
    data = EUROPASS_NEW.encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(attachment.xml) 6 0 R]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Filespec/F(attachment.xml)/EF<</F 7 0 R>>>>",
        b"<</Type/EmbeddedFile/Subtype/text#2Fxml/Length %d>>stream\n%s\nendstream" % (len(data), data),
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    (OUT / "solheim-europass.pdf").write_bytes(out)


def containers():
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"] = "Marit Solheim-Okafor <marit@example.com>"
    mail["To"] = "jobs@example.org"
    mail["Subject"] = "Application: grid planner in Bergen"
    mail["Date"] = "Tue, 03 Mar 2026 10:00:00 +0000"
    mail.set_content("Dear team,\n\nplease find my résumé attached.\n\nMarit\n")
    mail.add_attachment((OUT / "solheim.odt").read_bytes(), maintype="application", subtype="octet-stream", filename="Søknad Solheim.odt")
    mail.set_boundary("=-solheim")
    (OUT / "solheim.eml").write_bytes(mail.as_bytes())
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as files:
        for name, source in [("2026/solheim.docx", "solheim.docx"), ("mail/solheim.eml", "solheim.eml")]:
            files.writestr(zipfile.ZipInfo(name), (OUT / source).read_bytes())
        files.writestr(zipfile.ZipInfo("photo.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (OUT / "résumés.zip").write_bytes(archive.getvalue())


word()
for kind in ["doc", "odt", "rtf"]:
    subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", OUT, OUT / "solheim.docx"], check=True, capture_output=True)
europass()
containers()
